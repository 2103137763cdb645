// biome-ignore-all lint: written as sites write theirs, for every browser
/*
 * The shop's tracking configuration. A site needs afterhit.js, this file after it, and a call of s.t() on every page:
 *
 *   <script src="/afterhit.js"></script>
 *   <script src="/s_code.js"></script>
 */
var s = s_gi("overtonedemo");

/* Hits go to this server, which is also the collector. */
s.trackingServer = location.host;
s.trackingServerSecure = location.host;

s.charSet = "UTF-8";
s.currencyCode = "EUR";
s.server = location.hostname;
s.campaign = new URLSearchParams(location.search).get("cid") || "";

/* The shop tracks its links itself, with s.tl(). */
s.trackDownloadLinks = false;
s.trackExternalLinks = false;
s.linkTrackVars = "None";
s.linkTrackEvents = "None";

/* A single-page application never reloads: clear the variables once a hit has arrived, so that the next one starts empty. */
s.registerPostTrackCallback(function () {
  s.clearVars();
});
