// A stand-in for the visitor id service and its opt-in service: one id a visitor, which is asked for once and kept in a cookie.
// `npm run compare` shows that hits are the same with it as with VisitorAPI.js.
{
  const COOKIE = "standInVisitor";
  const SERVICE = "https://dpm.demdex.net/id";
  const Categories = { AAM: "aam", ADCLOUD: "adcloud", ANALYTICS: "aa", ECID: "ecid", TARGET: "target" };

  const makeOptIn = (applies) => {
    const approved = new Set();
    const subscribers = [];
    let isComplete = !applies;
    const change = (act) => (categories) => {
      for (const category of [categories].flat()) act(category);
      isComplete = true;
      for (const subscriber of subscribers) subscriber();
    };
    const optIn = {
      Categories,
      isApproved: (category) => !applies || approved.has(category),
      fetchPermissions(callback, subscribes) {
        if (subscribes) subscribers.push(callback);
        if (isComplete) callback();
      },
      approve: change((category) => approved.add(category)),
      deny: change((category) => approved.delete(category)),
      approveAll: () => optIn.approve(Object.values(Categories)),
      denyAll: () => optIn.deny(Object.values(Categories)),
    };
    return optIn;
  };

  const readCookie = () => {
    const [, value] = new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(document.cookie) ?? [];
    return value && JSON.parse(decodeURIComponent(value));
  };

  const keep = (values) => {
    const domain = location.hostname.split(".").slice(-2).join(".");
    const value = encodeURIComponent(JSON.stringify(values));
    // biome-ignore lint/suspicious/noDocumentCookie: the tracker may read cookies at once.
    document.cookie = `${COOKIE}=${value};path=/;domain=${domain}`;
  };

  const makeId = () => {
    const digits = Array.from({ length: 32 }, () => Math.floor(Math.random() * 16).toString(16));
    return `${digits.slice(0, 16).join("")}-${digits.slice(16).join("")}`.toUpperCase();
  };

  class Visitor {
    static AuthState = { UNKNOWN: 0, AUTHENTICATED: 1, LOGGED_OUT: 2 };

    static getInstance(organization, settings = {}) {
      window.adobe ??= {};
      window.adobe.optIn ??= makeOptIn(settings.doesOptInApply);
      return new Visitor(organization);
    }

    #waiting = [];
    #values = readCookie();
    #customers = {};
    /** The id of supplemental data and the solutions that have it. */
    #supplement = { id: "", solutions: new Set() };

    constructor(organization) {
      this.marketingCloudOrgID = organization;
      this._c = "Visitor";
      window.s_c_il ??= [];
      this._in = window.s_c_il.push(this) - 1;
      window.s_c_in = window.s_c_il.length;
      window.adobe.optIn.fetchPermissions(() => this.#request(), true);
    }

    #request() {
      const { optIn } = window.adobe;
      if (this.#values || !optIn.isApproved(Categories.ECID)) return;
      const request = new XMLHttpRequest();
      request.open("GET", SERVICE);
      request.onload = () => {
        const { d_mid, d_blob, dcs_region, d_optout } = JSON.parse(request.responseText);
        this.#values = {
          MCMID: d_mid,
          MCAAMLH: dcs_region,
          MCAAMB: d_blob,
          MCOPTOUT: d_optout?.join(),
        };
        keep(this.#values);
        for (const callback of this.#waiting.splice(0)) callback(this.#values);
      };
      request.send();
    }

    isAllowed() {
      return true;
    }

    getVisitorValues(callback) {
      if (this.#values) callback(this.#values);
      else this.#waiting.push(callback);
    }

    setCustomerIDs(ids) {
      for (const [name, id] of Object.entries(ids)) {
        const given = typeof id === "string" ? { id } : id;
        const customer = { ...this.#customers[name], ...given };
        customer.authState ??= 0;
        this.#customers[name] = customer;
      }
    }

    getCustomerIDs() {
      return this.#customers;
    }

    /** An id that no other solution has asked for is made unless the caller does not want a new one. */
    getSupplementalDataID(solution, wantsNone) {
      if (!this.#supplement.id) {
        if (wantsNone) return "";
        this.#supplement.id = makeId();
      }
      const { id } = this.#supplement;
      if (this.#supplement.solutions.has(solution)) {
        this.#supplement = { id: wantsNone ? "" : makeId(), solutions: new Set() };
        if (wantsNone) return "";
      }
      this.#supplement.solutions.add(solution);
      return id === this.#supplement.id ? id : this.#supplement.id;
    }
  }
  window.Visitor = Visitor;
}
