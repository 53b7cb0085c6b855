// plex-oauth 2.2.0: sign-in by PIN alone. Its addresses are fixed, so the axios that it uses is told where plex.tv is.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { PlexOauth } from "plex-oauth";
import { allow, redirected } from "./page.mjs";
import { accountUrl, errorOf, run } from "./scenario.mjs";

const axios = createRequire(createRequire(import.meta.url).resolve("plex-oauth"))("axios");
axios.interceptors.request.use((request) => ({ ...request, url: redirected(request.url) }));

const client = (more) => new PlexOauth({ clientIdentifier: "plex-oauth-0001", product: "My Plex App", device: "Living room", version: "1", ...more });

async function username(token) {
  const answer = await fetch(`${accountUrl}/user`, { headers: { Accept: "application/json", "X-Plex-Token": token } });
  return (await answer.json()).username;
}

await run({
  async "waiting"() {
    const oauth = client();
    const [link, id] = await oauth.requestHostedLoginURL();
    assert.equal(await oauth.checkForAuthToken(id), null);
    const waiting = oauth.checkForAuthToken(id, 1000, 60);
    const { product, device, sameNetwork } = await allow(link);
    assert.deepEqual({ product, device, sameNetwork }, { product: "My Plex App", device: "Living room", sameNetwork: true });
    assert.equal(await username(await waiting), "alice");
  },

  async "coming back"() {
    const oauth = client({ forwardUrl: "https://app.example/done?user=1", urlencode: true });
    const [link, id] = await oauth.requestHostedLoginURL();
    assert.equal((await allow(link)).forward.host, "app.example");
    assert.equal(await username(await oauth.checkForAuthToken(id)), "alice");
    assert.equal(await username(await oauth.checkForAuthToken(id)), "alice");
  },

  async "no such PIN"() {
    assert.equal((await errorOf(client().checkForAuthToken(300000000))).response.status, 404);
  },
});
