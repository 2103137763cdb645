// The script tag: when it has run, `s_gi` is there.
import { load } from "./load.js";

({ s_gi: window.s_gi, AppMeasurement: window.AppMeasurement } = load());
