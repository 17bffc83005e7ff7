// What stays when the page is closed: shows what the shop says, and opens the page again.
// It works for one page only, so its own scope is that page's address.
(function () {
  "use strict";
  var page = self.registration.scope;

  self.addEventListener("install", function () { self.skipWaiting(); });

  self.addEventListener("push", function (event) {
    var said = {};
    // A browser that promised to show something shows it, even where it cannot read it.
    try { said = event.data.json(); } catch (unreadable) { said = {}; }
    event.waitUntil(self.registration.showNotification(said.title || location.host, {
      body: said.body || "", lang: said.language || "", icon: "/assets/push-icon.png",
      tag: page, renotify: true
    }));
  });

  self.addEventListener("notificationclick", function (event) {
    event.notification.close();
    event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (open) {
      var found = open.find(function (one) { return one.url.split(/[?#]/)[0] === page; });
      return found ? found.focus() : self.clients.openWindow(page);
    }));
  });

  function tell(kind, subscription) {
    return fetch(page + "/push", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind: kind, subscription: subscription })
    });
  }

  // The browser has changed the address by itself: the shop gets the new one, then drops the old.
  self.addEventListener("pushsubscriptionchange", function (event) {
    var old = event.oldSubscription, fresh = event.newSubscription;
    if (!fresh && old) fresh = self.registration.pushManager.subscribe(old.options);
    event.waitUntil(Promise.resolve(fresh).then(function (found) {
      return found && tell("push_on", found);
    }).then(function () { return old && tell("push_off", old); }));
  });
})();
