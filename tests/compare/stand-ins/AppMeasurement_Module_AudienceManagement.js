// A stand-in for the Audience Management module: it takes part in hits once it is set up, and stores what a response has for it
// in cookies. `npm run compare` shows that hits are the same with it as with the module.
const PARAMETERS = { nsid: "0", jsonv: "1" };

window.AppMeasurement_Module_AudienceManagement = function (s) {
  window.s_c_il.push(this);
  this.s = s;
  this._c = "s_m";
  this._il = window.s_c_il;
  this._in = window.s_c_in++;
  let settings;

  const setCookie = (name, value, days, domain) => {
    const parts = [
      `${name}=${encodeURIComponent(value)}`,
      "path=/",
      `max-age=${days * 86_400}`,
      `domain=${domain}`,
    ];
    // biome-ignore lint/suspicious/noDocumentCookie: the module writes it so.
    document.cookie = parts.join(";");
  };

  this.setup = (given) => {
    settings = given;
  };
  this.isReady = () => settings !== undefined;
  this.getEventCallConfigParams = () => PARAMETERS;
  this.passData = ({ stuff = [], uuid } = {}) => {
    if (!settings) return;
    const domain = `.${location.hostname.split(".").slice(-2).join(".")}`;
    for (const { cn, cv, ttl, dmn } of stuff) setCookie(cn, cv, ttl, dmn ?? domain);
    const { name, days } = settings.uuidCookie ?? {};
    if (uuid && name) setCookie(name, uuid, days, domain);
  };
};
