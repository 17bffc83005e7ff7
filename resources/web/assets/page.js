// Keeps the page live: the server sends the changed part, this puts it in its place.
(function () {
  "use strict";
  var main = document.querySelector("main"), line = document.getElementById("live");
  var say = document.getElementById("say"), lang = document.documentElement.lang;
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
  }
  function listen() {
    var source = new EventSource(location.pathname + "/events?lang=" + lang + "&v=" + main.dataset.version);
    source.addEventListener("heard", function (event) {
      var told = JSON.parse(event.data);
      offset = Date.now() - told.now || 1; heard = told.heard; open = true; tick();
    });
    source.addEventListener("page", function (event) {
      var page = JSON.parse(event.data), focus = document.activeElement.id;
      if (page.build !== main.dataset.build) return location.reload();
      main.innerHTML = page.html; main.dataset.version = page.version;
      document.title = page.title; say.textContent = page.say; updated = page.updated; tick();
      if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
    });
    source.addEventListener("gone", function () { source.close(); location.reload(); });
    source.onerror = function () {
      open = false; tick();
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 30000);
    };
  }
  listen();
  setInterval(tick, 1000);
})();
