// @lukehagar/plexjs 0.43.0: has no account operations, but typed results for the two of the media server, and sends eleven global parameters.
import assert from "node:assert/strict";
import { PlexAPI } from "plexjs-security";
import { errorOf, run } from "./scenario.mjs";
import { alice, attic, bob, livingRoom, unknownToken } from "./personas.mjs";

const general = (serverURL, token) =>
  new PlexAPI({
    serverURL, token,
    clientIdentifier: "plexjs-0.43-interop", product: "Plex for Roku", version: "2.4.1", platform: "Roku", platformVersion: "4.3 build 1057",
    device: "Roku 3", model: "4200X", deviceVendor: "Roku", deviceName: "Living Room TV", marketplace: "googlePlay",
  }).general;

const delegation = { type: "delegation", scope: "all" };

async function assertRefused(promise, status, text) {
  const error = await errorOf(promise);
  assert.equal(error.name, "SDKError");
  assert.equal(error.statusCode, status);
  assert.match(error.body, text);
}

await run({
  async "transient token"(baseUrl) {
    const { object } = await general(baseUrl, alice.token).getTransientToken(delegation);
    assert.match(object.mediaContainer.token, /^transient-/);
    const answer = await general(baseUrl, object.mediaContainer.token).getSourceConnectionInformation({ source: `server://${livingRoom}` });
    assert.equal(answer.object.mediaContainer.device.name, "Living Room");
  },

  async "source connections"(baseUrl) {
    const { object } = await general(baseUrl, alice.token).getSourceConnectionInformation({ source: `server://${attic}`, refresh: 1 });
    const { device } = object.mediaContainer;
    assert.equal(device.name, "Attic");
    assert.equal(device.clientIdentifier, attic);
    assert.ok(device.accessToken);
    for (const connection of device.connection) {
      assert.equal(typeof connection.port, "number");
      assert.equal(typeof connection.local, "boolean");
      assert.ok(connection.uri.startsWith(`${connection.protocol}://`));
    }
  },

  async "unknown token"(baseUrl) {
    await assertRefused(general(baseUrl, unknownToken).getTransientToken(delegation), 401, /"code":1001/);
    await assertRefused(general(baseUrl, unknownToken).getSourceConnectionInformation({ source: `server://${livingRoom}` }), 401, /"code":1001/);
  },

  async "unknown source"(baseUrl) {
    await assertRefused(general(baseUrl, alice.token).getSourceConnectionInformation({ source: "client-identifier" }), 400, /"code":1004/);
  },

  async "forbidden source"(baseUrl) {
    await assertRefused(general(baseUrl, bob.token).getSourceConnectionInformation({ source: `server://${livingRoom}` }), 403, /"code":1046/);
  },
});
