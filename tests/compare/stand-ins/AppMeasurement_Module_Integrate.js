// A stand-in for the Integrate module: partners that set variables before a hit, use them behind it, and hold hits up until
// their data has come. `npm run compare` shows that hits are the same with it as with the module.
window.AppMeasurement_Module_Integrate = function (s) {
  window.s_c_il.push(this);
  this._c = "s_m";
  this._il = window.s_c_il;
  this._in = window.s_c_in++;
  this.list = [];

  const active = () => this.list.map((name) => this[name]).filter((partner) => !partner.disable);

  /** Fills `[s.variable]` and `[property]` of a partner's address. */
  const addressFor = (partner, template) => {
    const address = /^http/i.test(template) ? template : `http://${template}`;
    const secured = s.ssl ? s.replace(address, "http:", "https:") : address;
    partner.RAND = Math.floor(Math.random() * 1e13);
    return secured.replace(/\[([^\]]*)\]/g, (placeholder, name) => {
      if (name.startsWith("s.") && name.length > 2) return encodeURIComponent(s[name.slice(2)] || "");
      return partner[name] === undefined ? placeholder : encodeURIComponent(partner[name]);
    });
  };

  let requests = 0;
  this.add = (name, globalName = `s_Integrate_${name}`) => {
    window[globalName] ??= {};
    const partner = window[globalName];
    let waiting = 0;
    this[name] = partner;
    this.list.push(name);
    partner.disable ??= 0;
    partner.isWaiting = () => waiting > 0;
    partner.delay = () => {
      waiting++;
    };
    partner.ready = () => {
      waiting--;
      if (!partner.disable) s.delayReady();
    };
    partner.callback = (data) => {
      Object.assign(partner, data);
      partner.ready();
    };
    const load = (template, variable) => {
      if (partner.disable) return;
      partner.VAR = variable;
      partner.CALLBACK = `s_c_il[${this._in}].${name}.callback`;
      partner.delay();
      const script = document.createElement("script");
      script.async = true;
      script.src = addressFor(partner, template);
      if (!template.includes("[CALLBACK]")) script.onload = () => partner.callback(window[variable]);
      document.head.prepend(script);
    };
    partner.get = (template) => load(template, `s_${this._in}_Integrate_${name}_get_${requests++}`);
    partner.script = (template) => load(template);
    partner.beacon = (template) => {
      if (!partner.disable) new Image().src = addressFor(partner, template);
    };
  };

  const forEach = (method) => {
    for (const partner of active()) {
      try {
        partner[method]?.(s, partner);
      } catch {}
    }
  };
  this._g = () => forEach("setVars");
  this._t = () => forEach("useVars");
  this._d = () => active().some((partner) => partner.isWaiting());
};
