// @ctrl/plex 3.12.1 on media servers, devices and a Plex Home. Its addresses of plex.tv are fixed, so that fetch leads them to the server under test.
import assert from "node:assert/strict";
import { MyPlexAccount, PlexServer } from "@ctrl/plex";
import { redirected } from "./page.mjs";
import { errorOf, run } from "./scenario.mjs";
import { alice, livingRoom } from "./personas.mjs";

const { fetch } = globalThis;
globalThis.fetch = (url, options) => fetch(String(url).startsWith("https://plex.tv/") ? redirected(url) : url, options);

const signedIn = () => new MyPlexAccount(null, alice.login, alice.password).connect();
const withToken = (token) => new MyPlexAccount(null, "", "", token).connect();
const homeUsers = "https://plex.tv/api/v2/home/users";

await run({
  async "connect"() {
    const account = await signedIn();
    assert.equal(account.username, "alice");
    const resource = await account.resource("Living Room");
    assert.deepEqual({ owned: resource.owned, id: resource.clientIdentifier }, { owned: true, id: livingRoom });
    assert.match(resource.provides, /server/);
    assert.ok(resource.accessToken && resource.accessToken !== account.token, "a server's token is not the account's");
    const server = await resource.connect();
    assert.deepEqual({ name: server.friendlyName, id: server.machineIdentifier }, { name: "Living Room", id: livingRoom });
  },

  async "home"(baseUrl) {
    const account = await signedIn();
    const { users } = await account.query(homeUsers);
    const erin = users.find((user) => user.title === "erin");
    assert.deepEqual({ restricted: erin.restricted, protected: erin.protected }, { restricted: true, protected: true });
    const refused = await errorOf(account.query(`${homeUsers}/${erin.uuid}/switch`, "post"));
    assert.equal(refused.status, 403);
    assert.equal(JSON.parse(refused.data).errors[0].code, 1041);

    const { authToken } = await account.query(`${homeUsers}/${erin.uuid}/switch?pin=1234`, "post");
    const child = await withToken(authToken);
    assert.deepEqual({ title: child.title, restricted: child.restricted }, { title: "erin", restricted: true });
    const shared = await child.resource("Living Room");
    const owned = await account.resource("Living Room");
    assert.notEqual(shared.accessToken, owned.accessToken);
    const server = new PlexServer(baseUrl, shared.accessToken);
    await server.connect();
    assert.equal(server.machineIdentifier, livingRoom);
  },

  async "devices and claim token"() {
    const account = await signedIn();
    const devices = await account.devices();
    assert.ok(devices.length > 0 && devices.every((device) => device.id && device.clientIdentifier));
    assert.match(await account.claimToken(), /^claim-/);
  },
});
