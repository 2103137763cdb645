// biome-ignore-all lint: this file is written as sites write theirs, for every browser
/*
 * The shop's tracking configuration. A site of yours needs this file, afterhit.js before it, and s.t() on every page:
 *
 *   <script src="/afterhit.js"></script>
 *   <script src="/s_code.js"></script>
 */
var s = s_gi("overtonedemo");

/* Where the hits go. Here: to this server, which plays the collector. */
s.trackingServer = location.host;
s.trackingServerSecure = location.host;

s.charSet = "UTF-8";
s.currencyCode = "EUR";
s.server = location.hostname;
s.campaign = new URLSearchParams(location.search).get("cid") || "";

/* The shop sends its links itself, with s.tl(). */
s.trackDownloadLinks = false;
s.trackExternalLinks = false;
s.linkTrackVars = "None";
s.linkTrackEvents = "None";

/* A single-page application never reloads: once a hit has arrived, its variables must not stay for the next one. */
s.registerPostTrackCallback(function () {
  s.clearVars();
});
