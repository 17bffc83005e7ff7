// Telegram's Bot API as npm's telegram-test-api has it, until the input ends.
// node bot_api.cjs PORT; its first line says that it listens.
"use strict";

const TelegramServer = require("telegram-test-api");

const port = Number(process.argv[2]);
const server = new TelegramServer({ port, host: "127.0.0.1" });

server.start().then(() => {
  console.log("listening");
  process.stdin.resume();
  process.stdin.on("end", () => server.stop().then(() => process.exit(0)));
});
