// Keeps the page live: the server sends the changed part, this puts it in its place.
(function () {
  "use strict";
  function get(id) { return document.getElementById(id); }
  var main = document.querySelector("main"), line = get("live"), say = get("say");
  var lang = document.documentElement.lang, stopped = get("stopped"), big = get("big");
  var heard = +line.dataset.heard, updated = +main.dataset.updated, offset = 0, open = false;
  var ago = new Intl.RelativeTimeFormat(lang);
  var clock = new Intl.DateTimeFormat(lang, {
    timeZone: line.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23"
  });
  function since(ms) {
    var s = Math.max(0, Math.round(ms / 1000));
    if (s < 60) return ago.format(-s, "second");
    return s < 3600 ? ago.format(-Math.floor(s / 60), "minute") : ago.format(-Math.floor(s / 3600), "hour");
  }
  function tick() {
    var now = Date.now() - offset, live = open && heard && now - heard < 90000;
    line.className = live ? "on" : "";
    if (live && updated) line.textContent = line.dataset.live.replace("{ago}", since(now - updated));
    else if (open && heard) line.textContent = line.dataset.last.replace("{time}", clock.format(heard));
    else if (!open && offset) line.textContent = line.dataset.lost;
    Array.from(stopped.children).forEach(function (told) { told.hidden = +told.dataset.until <= now; });
  }
  function listen() {
    var source = new EventSource(location.pathname + "/events?lang=" + lang + "&v=" + main.dataset.version);
    source.addEventListener("heard", function (event) {
      var told = JSON.parse(event.data);
      offset = Date.now() - told.now || 1; heard = told.heard; open = true; tick();
    });
    source.addEventListener("page", function (event) {
      var page = JSON.parse(event.data);
      // A reload would take the right to ring away.
      if (page.build !== main.dataset.build && !armed) return location.reload();
      put(page); main.dataset.version = page.version;
      document.title = page.title; say.textContent = page.say; updated = page.updated; tick(); follow();
    });
    source.addEventListener("gone", function () { source.close(); location.reload(); });
    source.onerror = function () {
      open = false; tick();
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 30000);
    };
  }
  function put(page) {
    var focus = document.activeElement.id, chosen = main.querySelector("input:checked");
    var unfolded = Array.from(main.querySelectorAll("details[open]"));
    main.innerHTML = page.html; stopped.innerHTML = page.stopped; big.innerHTML = page.big;
    unfolded.forEach(function (old) { if (get(old.id)) get(old.id).open = true; });
    if (chosen && get(chosen.id)) get(chosen.id).checked = true;
    if (focus && get(focus)) get(focus).focus();
  }

  // Ring when ready: a tap arms it, any touch ends the sound.
  var armed = false, rung = false, shown = false, trying = 0, sound, lock, bell;
  function chime() {
    [880, 1175, 880].forEach(function (hz, i) {
      var tone = sound.createOscillator(), gain = sound.createGain(), at = sound.currentTime + i * 0.25;
      tone.type = "square"; tone.frequency.value = hz;
      gain.gain.setValueAtTime(0.5, at); gain.gain.exponentialRampToValueAtTime(0.001, at + 0.24);
      tone.connect(gain).connect(sound.destination); tone.start(at); tone.stop(at + 0.25);
    });
  }
  function stayAwake() {
    if (navigator.wakeLock) navigator.wakeLock.request("screen").then(function (got) {
      if (armed) lock = got; else got.release();
      follow();
    }, follow);
  }
  function arm() {
    var Sound = window.AudioContext || window.webkitAudioContext;
    armed = !armed;
    if (!armed && lock) lock.release();
    if (armed && Sound) { sound = sound || new Sound(); sound.resume(); chime(); }
    if (armed) { stayAwake(); clearTimeout(trying); trying = setTimeout(function () { trying = 0; follow(); }, 1000); }
    follow();
  }
  function ring() {
    if (sound) chime();
    if (navigator.vibrate) navigator.vibrate([400, 200, 400]);
  }
  function hush() { clearInterval(bell); bell = 0; big.className = ""; }
  function follow() {
    var button = get("ring"), told = get("told"), ready = !!get("show");
    if (button) {
      button.hidden = false; button.setAttribute("aria-pressed", armed);
      button.dataset.off = button.dataset.off || button.textContent;
      button.textContent = armed ? button.dataset.on : button.dataset.off;
      told.textContent = !armed || trying ? "" : button.dataset[sound && sound.state === "running" ? "keep" : "mute"]
        + (lock && !lock.released ? "" : " " + button.dataset.asleep);
    }
    if (ready && armed && !rung) { location.hash = "big"; big.className = "rings"; ring(); bell = setInterval(ring, 2500); }
    if (!ready) hush();
    rung = ready; show();
  }
  function show() {
    var is = location.hash === "#big" && !!big.firstElementChild;
    Array.from(document.querySelectorAll("header,main,footer")).forEach(function (part) { part.inert = is; });
    if (is && !shown) get("close").focus();
    else if (shown && !is && get("show")) get("show").focus();
    shown = is;
  }
  document.addEventListener("click", function (event) { if (event.target.id === "ring") arm(); });
  ["pointerdown", "keydown"].forEach(function (kind) { document.addEventListener(kind, hush); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape" && shown) location.hash = ""; });
  document.addEventListener("visibilitychange", function () { if (armed && !document.hidden) stayAwake(); });
  addEventListener("hashchange", show);
  listen(); follow();
  setInterval(tick, 1000);
})();
