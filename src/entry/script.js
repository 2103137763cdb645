// Entry point for script tags: defines the globals `s_gi`, `AppMeasurement` and `s_pgicq`.
import { load } from "./load.js";

Object.assign(window, load());
window.s_objectID ||= 0;
window.s_pgicq();
