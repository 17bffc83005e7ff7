// A courier's slip: opens what is sealed with the key behind #, which never leaves the phone,
// and keeps what was tapped until the site has it.
(function () {
  "use strict";
  const said = document.body.dataset, lang = document.documentElement.lang;
  const path = location.pathname.replace(/\/+$/, ""), token = path.slice(3).toUpperCase();
  const SCREENS = ["unreported", "free", "taken", "ended", "nokey", "unreadable", "cancelled", "mine", "done", "failed"];
  // The steps before the end, in their order, and the words for one that was told.
  const LEGS = ["at_shop", "picked_up", "arrived"], SAID = ["AtShop", "PickedUp", "AtDoor"];
  const SETTLE_MS = 700, POLL_MS = 15000, TAKE_BACK_MS = 600000;
  const clock = new Intl.DateTimeFormat(lang, {
    timeZone: said.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23"
  });
  let state = JSON.parse(said.state), offset = Date.now() - state.now;
  let queue = [], shelf = "", key = null, hash = "", opened = null, openedFrom = "", broken = false;
  let panel = "choose", shown = "", settling = 0, sending = false, failures = 0, timer = 0;
  let offline = false, news = "", taking = null;

  const at = (id) => document.getElementById(id);
  const step = (kind) => at(kind.replace("_", "-"));
  const words = (name, values) => said["say" + name].replace(/\{(\w+)\}/g, (_, word) => values[word]);
  const time = (ms) => clock.format(ms);

  function money(minor) {
    const whole = Math.floor(minor / 10 ** opened.decimals), rest = minor % 10 ** opened.decimals;
    const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, "\u00A0");
    const cents = rest ? (lang === "uk" ? "," : ".") + String(rest).padStart(opened.decimals, "0") : "";
    return grouped + cents + "\u00A0" + opened.symbol;
  }

  // Keys and sealed bytes

  function bytes(text) {
    try {
      return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
    } catch (_) {
      return new Uint8Array();
    }
  }

  async function prepare() {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
    hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    shelf = "obd:" + hash.slice(0, 16);
    const raw = bytes(location.hash.slice(1));
    if (raw.length === 32) key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    try {
      queue = JSON.parse(localStorage.getItem(shelf) || "[]");
    } catch (_) {
      queue = [];
    }
  }

  async function open() {
    if (state.phase !== "mine") {
      opened = null;
      openedFrom = "";
    }
    if (!key || !state.sealed || state.sealed === openedFrom) return;
    const sealed = bytes(state.sealed), label = new TextEncoder().encode("orderbell/v1/drop\0" + hash);
    try {
      const text = await crypto.subtle.decrypt(
        {name: "AES-GCM", iv: sealed.slice(0, 12), additionalData: label}, key, sealed.slice(12)
      );
      opened = JSON.parse(new TextDecoder().decode(text));
      openedFrom = state.sealed;
      broken = false;
    } catch (_) {
      broken = true;
    }
  }

  // What was tapped: kept without a word about anybody, sent in order, until it was answered

  function keep() {
    try {
      if (queue.length) localStorage.setItem(shelf, JSON.stringify(queue));
      else localStorage.removeItem(shelf);
    } catch (_) {
      // A phone that keeps nothing still sends while the page is open.
    }
  }

  function act(kind, reason) {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"));
    return {action_id: id.join(""), kind: kind, reason: reason || "", occurred_at: Date.now()};
  }

  function tap(kind, reason) {
    queue.push(act(kind, reason));
    keep();
    panel = "choose";
    news = "";
    show();
    flush();
  }

  async function post(one) {
    const body = Object.assign({age_ms: Math.max(0, Date.now() - one.occurred_at)}, one);
    const answer = await ask(path + "/acts", {
      method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(body)
    });
    if (answer.status === 429 || answer.status >= 500) throw new Error("busy");
    const is_told = (answer.headers.get("content-type") || "").startsWith("application/json");
    return is_told ? answer.json() : null;
  }

  function ask(address, more) {
    const ender = new AbortController(), patience = setTimeout(() => ender.abort(), 15000);
    const options = Object.assign({cache: "no-store", signal: ender.signal}, more);
    return fetch(address, options).finally(() => clearTimeout(patience));
  }

  async function flush() {
    if (sending || !queue.length) return;
    sending = true;
    clearTimeout(timer);
    try {
      while (queue.length) {
        const told = await post(queue[0]);
        queue.shift();
        keep();
        failures = 0;
        if (told && told.outcome === "late") news = said.sayLate;
        if (told && told.outcome === "too_late") news = said.sayTooLate;
        if (told) await hear(told.state);
      }
      offline = false;
    } catch (_) {
      offline = true;
      failures += 1;
      const wait = Math.min(30000, 500 * 2 ** failures);
      timer = setTimeout(flush, wait * (0.7 + 0.6 * Math.random()));
    }
    sending = false;
    show();
  }

  async function take() {
    // The same act again: an answer that was lost must not make two phones of one.
    taking = taking || act("took");
    news = "";
    try {
      const told = await post(taking);
      taking = null;
      if (told) await hear(told.state);
    } catch (_) {
      news = said.sayAgain;
    }
    show();
  }

  async function hear(told) {
    state = told;
    offset = Date.now() - state.now;
    await open();
  }

  async function look() {
    if (document.hidden || sending) return;
    try {
      const answer = await ask(path + "/state");
      if (answer.ok) {
        const told = await answer.json();
        if (!sending) await hear(told);
        offline = false;
      }
    } catch (_) {
      offline = true;
    }
    show();
    flush();
  }

  // What stands: what the site knows and what is still in the phone

  function standing() {
    const taps = tapped();
    return taps[taps.length - 1] || null;
  }

  function tapped() {
    const taps = state.taps.map((one) => ({kind: one.kind, reason: one.reason, at: one.at, until: one.until + offset}));
    queue.forEach((one) => {
      if (one.kind === "took_back") taps.pop();
      else taps.push({kind: one.kind, reason: one.reason, at: one.occurred_at - offset, until: one.occurred_at + TAKE_BACK_MS});
    });
    return taps;
  }

  function screen(last) {
    if (state.phase !== "mine") return state.phase;
    if (state.ends_at && Date.now() - offset >= state.ends_at) return "ended";
    if (last && last.kind === "delivered") return "done";
    if (last && last.kind === "failed") return "failed";
    if (!key) return "nokey";
    if (broken && !opened) return "unreadable";
    return opened ? "mine" : "";
  }

  function show() {
    const last = standing(), name = screen(last), is_mine = state.phase === "mine" && name !== "ended";
    if (name === "ended") opened = null;
    const acting = name === "mine" || (name === "failed" && panel === "confirm");
    SCREENS.forEach((one) => { at(one).hidden = one !== name; });
    at("cancelled").hidden = !(is_mine && state.cancelled);
    at("bar").hidden = !acting;
    document.body.classList.toggle("acting", acting);
    ["choose", "confirm", "why"].forEach((one) => { at(one).hidden = one !== panel; });
    at("number").textContent = state.number || at("number").textContent;
    if (state.phase === "taken") at("taken-at").textContent = words("Taken", {time: time(state.taken_at)});
    fill(acting ? opened : null);
    tell(last);
    const kept = queue.length && offline ? said.sayKept : offline ? said.sayOffline : "";
    at("news").textContent = news || kept;
    at("news").hidden = !(news || kept);
    const now = name + panel + (last ? last.kind : "");
    if (now !== shown) {
      shown = now;
      document.body.classList.add("settling");
      clearTimeout(settling);
      settling = setTimeout(() => document.body.classList.remove("settling"), SETTLE_MS);
      scrollTo(0, 0);
    }
  }

  function tell(last) {
    const may_undo = Boolean(last) && Date.now() < last.until, when = last ? {time: time(last.at)} : {};
    document.querySelectorAll(".undo").forEach((one) => { one.hidden = !may_undo; });
    document.querySelectorAll(".until").forEach((one) => {
      one.textContent = may_undo ? words("Until", {time: time(last.until - offset)}) : "";
    });
    const taps = tapped();
    LEGS.forEach((kind, place) => {
      const button = step(kind), told = taps.find((one) => one.kind === kind);
      const is_last = Boolean(told) && told === taps[taps.length - 1], later = taps.some((one) => LEGS.indexOf(one.kind) > place);
      button.disabled = told ? !(is_last && may_undo) : later;
      button.firstElementChild.textContent = told
        ? words(SAID[place], {time: time(told.at)}) : button.firstElementChild.dataset.word;
      button.lastElementChild.hidden = !(is_last && may_undo);
    });
    // What an older till does not take is not offered; one of the two at a time.
    const also = (opened && opened.also) || [], has_it = taps.some((one) => LEGS.indexOf(one.kind) > 0);
    step("at_shop").hidden = has_it || !also.includes("at_shop");
    step("arrived").hidden = !has_it || !also.includes("arrived");
    if (last && last.kind === "delivered") {
      at("done-at").textContent = words("Delivered", when);
      const collected = opened && opened.due && last.reason !== "unpaid";
      at("hand-in").textContent = collected ? words("HandIn", {amount: money(opened.due)}) : "";
    }
    if (last && last.kind === "failed") {
      at("failed-at").textContent = words("Failed", when);
      const why = document.querySelector('[data-reason="' + last.reason + '"]');
      at("failed-why").textContent = why ? why.textContent : "";
    }
  }

  function fill(drop) {
    const lines = at("lines");
    lines.textContent = "";
    ["street", "address_note", "note", "entrance", "floor", "door_code"].forEach((name) => {
      at(name).textContent = drop ? drop[name] : "";
    });
    ["entrance", "floor", "door_code"].forEach((name) => { at(name).parentNode.hidden = !(drop && drop[name]); });
    at("for").textContent = drop ? words("For", {time: time(drop.promised_at)}) : "";
    at("due").textContent = drop ? due(drop) : "";
    at("how").textContent = drop ? how(drop) : "";
    at("money").className = drop && !drop.due ? "paid" : "";
    const digits = drop ? drop.phone.replace(/[^0-9]/g, "") : "";
    link("guest", digits ? "tel:" + (drop.phone.trim()[0] === "+" ? "+" : "") + digits : "");
    link("map", drop && drop.street ? "geo:0,0?q=" + encodeURIComponent(drop.street) : "");
    at("guest").textContent = drop && drop.name ? words("Call", {name: drop.name}) : at("guest").dataset.word;
    at("took-ask").textContent = drop && drop.due ? words("TookAsk", {amount: money(drop.due)}) : "";
    at("took").textContent = drop && drop.due ? words("Took", {amount: money(drop.due)}) : "";
    if (!drop) return;
    drop.lines.forEach((line) => {
      const row = document.createElement("li"), count = document.createElement("b"), name = document.createElement("span");
      count.textContent = line.quantity + "\u00D7";
      name.textContent = line.names[lang] || line.names.en || Object.values(line.names)[0] || "";
      row.append(count, name);
      lines.append(row);
    });
  }

  function link(id, address) {
    if (address) at(id).href = address;
    else at(id).removeAttribute("href");
    at(id).hidden = !address;
  }

  function due(drop) {
    return drop.due ? words("Pay", {amount: money(drop.due)}) : said.sayPaid;
  }

  function how(drop) {
    if (!drop.due) return "";
    if (drop.payment === "card") return said.sayByCard;
    return drop.change_from ? words("Change", {amount: money(drop.change_from)}) : "";
  }

  // Taps: a button that has just moved under the finger ignores it

  function on(target, deed) {
    target.addEventListener("click", () => {
      if (!document.body.classList.contains("settling")) deed();
    });
  }

  function to(name) {
    return () => {
      panel = name;
      show();
    };
  }

  function deliver() {
    if (opened && opened.due) to("confirm")();
    else tap("delivered");
  }

  function listen() {
    on(at("take"), take);
    on(at("delivered"), deliver);
    on(at("took"), () => tap("delivered"));
    on(at("no-money"), () => tap("delivered", "unpaid"));
    on(at("after-all"), deliver);
    on(at("could-not"), to("why"));
    LEGS.forEach((kind) => on(step(kind), () => tap(standing() && standing().kind === kind ? "took_back" : kind)));
    document.querySelectorAll(".cancel").forEach((one) => on(one, to("choose")));
    document.querySelectorAll(".reason").forEach((one) => on(one, () => tap("failed", one.dataset.reason)));
    document.querySelectorAll(".back-one").forEach((one) => on(one, () => tap("took_back")));
    document.querySelectorAll("nav a").forEach((one) => { one.href += location.hash; });
    addEventListener("online", look);
    addEventListener("hashchange", () => location.reload());
    document.addEventListener("visibilitychange", look);
    setInterval(() => {
      show();
      look();
    }, POLL_MS);
  }

  prepare().then(open).then(() => {
    listen();
    show();
    flush();
  });
})();
