// "Notify me on this phone": one tap asks the browser, and tells the shop where it can be reached.
(function () {
  "use strict";
  if (!window.isSecureContext || !navigator.serviceWorker || !window.PushManager || !window.Notification) return;
  var main = document.querySelector("main"), page = location.pathname;
  var subscription = null, note = "", busy = false, known = false;
  function get(id) { return document.getElementById(id); }

  function draw() {
    var button = get("notify"), on = !!subscription;
    if (!button) return;
    button.parentNode.hidden = !known || !on && (button.hasAttribute("data-over") || Notification.permission === "denied" && !note);
    button.dataset.off = button.dataset.off || button.textContent;
    button.textContent = on ? button.dataset.on : button.dataset.off;
    button.setAttribute("aria-pressed", on);
    button.setAttribute("aria-busy", busy);
    var said = on ? "kept" : note, place = get("notified");
    var text = said && !button.parentNode.hidden ? button.dataset[said] : "";
    if (place.textContent !== text) place.textContent = text;
  }
  function tell(kind, of) {
    return fetch(page + "/push", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind: kind, subscription: of, language: document.documentElement.lang })
    }).then(function (answer) { if (!answer.ok) throw new Error("not taken"); });
  }
  // Another key: the shop has set its pushes up anew, and nothing arrives under the old one.
  function isOurs(found) {
    var key = get("notify") && get("notify").dataset.key, own = found && found.options.applicationServerKey;
    if (!key || !own) return !!found;
    var text = btoa(String.fromCharCode.apply(null, new Uint8Array(own)));
    return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") === key;
  }
  function ask() {
    return Notification.requestPermission().then(function (answer) {
      if (answer !== "granted") throw new Error("refused");
      return navigator.serviceWorker.register("/push-worker.js", { scope: page });
    }).then(function () { return navigator.serviceWorker.ready; }).then(function (worker) {
      return worker.pushManager.getSubscription().then(function (old) {
        return old && !isOurs(old) && old.unsubscribe();
      }).then(function () {
        return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: get("notify").dataset.key });
      });
    }).then(function (found) {
      return tell("push_on", found).then(function () { subscription = found; }, function (error) {
        return found.unsubscribe().then(function () { throw error; });
      });
    });
  }
  // What the shop does not hear of now it notices at its next push: nobody is there any more.
  function stop() {
    var old = subscription;
    return tell("push_off", old).catch(function () {}).then(function () { return old.unsubscribe(); }).then(function () {
      subscription = null;
      return navigator.serviceWorker.getRegistration(page);
    }).then(function (worker) { return worker && worker.unregister(); });
  }
  function tap() {
    if (busy) return;
    busy = true; note = ""; draw();
    (subscription ? stop() : ask()).catch(function (error) {
      note = error.message === "refused" ? "refused" : "failed";
    }).then(function () { busy = false; draw(); });
  }

  document.addEventListener("click", function (event) { if (event.target.id === "notify") tap(); });
  new MutationObserver(draw).observe(main, { childList: true });
  navigator.serviceWorker.getRegistration(page).then(function (worker) {
    return worker && worker.pushManager.getSubscription();
  }).then(function (found) {
    subscription = found && Notification.permission === "granted" && isOurs(found) ? found : null;
  }).catch(function () {}).then(function () { known = true; draw(); });
})();
