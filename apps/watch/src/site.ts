import { type Handler, jsonReply, pageReply, Refusal, styleReply, textReply } from "@croft/web";
import { statusOf } from "./status.ts";
import { statusPage } from "./status-page.ts";
import { watchStyle } from "./style.ts";
import type { Habits, Watcher } from "./watcher.ts";

/** Everything the watch answers. */
export function site(watcher: Watcher, { intervalSeconds, now }: Habits): Handler {
  return (call) => {
    if (call.method !== "GET") throw new Refusal(405, "only GET and HEAD work here", { allow: "GET, HEAD" });
    switch (call.url.pathname) {
      case "/":
        return pageReply(statusPage(watcher.watched, { now: now(), intervalSeconds }));
      case "/style.css":
        return styleReply(watchStyle);
      case "/api/status":
        return jsonReply({ intervalSeconds, services: watcher.watched.map(statusOf) });
      case "/healthz":
        return textReply("ok");
      default:
        throw new Refusal(404, "there is nothing here");
    }
  };
}
