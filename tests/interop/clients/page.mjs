// What the server's /auth page does in a browser, by its own code where that is not about drawing: read the link that an app made, sign in, allow it.
import assert from "node:assert/strict";
import { alice } from "./personas.mjs";

const baseUrl = process.argv[2];

// Whoever calls plex.tv means the server under test. Given the address that a client wants, returns the one that it gets.
export function redirected(url) {
  const { origin, pathname, search } = new URL(url);
  assert.equal(origin, "https://plex.tv");
  return `${baseUrl}${pathname}${search}`;
}

export async function allow(link) {
  const { origin, pathname, hash } = new URL(link);
  assert.equal(origin + pathname, "https://app.plex.tv/auth");
  const code = await (await fetch(`${baseUrl}/pages/fragment.js`)).text();
  const { parseAuthFragment } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const request = parseAuthFragment(hash);

  const call = caller();
  await call("GET", "session");
  await call("POST", "session", { login: alice.login, password: alice.password });
  const details = await call("POST", "pins/lookup", request);
  await call("POST", "pins/allow", request);
  return details;
}

function caller() {
  const cookies = new Map();
  let antiforgery = "";
  return async (method, path, body) => {
    const answer = await fetch(`${baseUrl}/account/api/${path}`, {
      method,
      headers: {
        "Content-Type": "application/json",
        Origin: baseUrl,
        "Sec-Fetch-Site": "same-origin",
        "X-PlexAuth-Antiforgery": antiforgery,
        Cookie: [...cookies].map((cookie) => cookie.join("=")).join("; "),
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    for (const cookie of answer.headers.getSetCookie()) cookies.set(...cookie.split(";")[0].split("="));
    const json = text ? JSON.parse(text) : null;
    antiforgery = json?.antiforgery ?? antiforgery;
    return json;
  };
}
