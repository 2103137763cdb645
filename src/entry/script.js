// Entry point for script tags: defines the globals `s_gi` and `AppMeasurement`.
import { load } from "./load.js";

({ s_gi: window.s_gi, AppMeasurement: window.AppMeasurement } = load());
