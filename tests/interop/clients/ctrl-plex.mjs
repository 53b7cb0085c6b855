// @ctrl/plex 3.12.1: hand-written, reads JSON. The address of the account service is a static property of its account class, but fixed for PINs.
import assert from "node:assert/strict";
import { MyPlexAccount, PlexServer } from "@ctrl/plex";
import { allow, redirected } from "./page.mjs";
import { accountUrl, errorOf, run } from "./scenario.mjs";
import { alice, livingRoom, unknownToken } from "./personas.mjs";

MyPlexAccount.key = `${accountUrl}/user`;

const account = (token) => new MyPlexAccount(null, "", "", token).connect();

await run({
  async "account"() {
    const { username, email, uuid } = await account(alice.token);
    assert.deepEqual({ username, email }, { username: "alice", email: alice.login });
    assert.match(uuid, /^[0-9a-f]{16}$/);
  },

  async "server"(baseUrl) {
    const server = new PlexServer(baseUrl, alice.token);
    await server.connect();
    assert.equal(server.machineIdentifier, livingRoom);
    assert.equal(server.friendlyName, "Living Room");
  },

  async "transient token"(baseUrl) {
    const answer = await new PlexServer(baseUrl, alice.token).query("/security/token?type=delegation&scope=all");
    assert.match(answer.MediaContainer.token, /^transient-/);
  },

  async "web login"() {
    const { fetch } = globalThis;
    globalThis.fetch = (url, options) => fetch(String(url).startsWith("https://plex.tv/") ? redirected(url) : url, options);
    const login = await MyPlexAccount.getWebLogin("https://app.example/done");
    const waiting = MyPlexAccount.webLoginCheck(login);
    const { product, forward } = await allow(login.uri);
    assert.deepEqual({ product, host: forward.host }, { product: "PlexAPI", host: "app.example" });
    assert.equal((await waiting).username, "alice");
  },

  async "unknown token"(baseUrl) {
    assert.match((await errorOf(account(unknownToken))).message, /401/);
    assert.match((await errorOf(new PlexServer(baseUrl, unknownToken).connect())).message, /401/);
  },
});
