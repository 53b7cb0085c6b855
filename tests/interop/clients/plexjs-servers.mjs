// @lukehagar/plexjs 0.39.0 on servers and friends. It checks every member of a resource, and hands the XML of friends on as it came.
import assert from "node:assert/strict";
import { PlexAPI } from "@lukehagar/plexjs";
import * as errors from "@lukehagar/plexjs/sdk/models/errors/index.js";
import { accountUrl, errorOf, run } from "./scenario.mjs";
import { alice, livingRoom, unknownToken } from "./personas.mjs";

const clientID = "plexjs-0.39-interop";
const plex = (serverURL, accessToken) => new PlexAPI({ serverURL, accessToken });

await run({
  async "resources"(baseUrl) {
    const { statusCode, plexDevices } = await plex(baseUrl, alice.token).plex.getServerResources(clientID, 1, 1, 1, { serverURL: accountUrl });
    assert.equal(statusCode, 200);
    const server = plexDevices.find((device) => device.clientIdentifier === livingRoom);
    assert.deepEqual({ name: server.name, owned: server.owned, presence: server.presence }, { name: "Living Room", owned: true, presence: true });
    assert.ok(server.accessToken.length > 0 && server.createdAt instanceof Date);
    assert.ok(server.connections.every(({ uri, port, local, relay, iPv6 }) => uri && port > 0 && [local, relay, iPv6].every((flag) => typeof flag === "boolean")));
  },

  async "users"(baseUrl) {
    const { statusCode, contentType, body } = await plex(baseUrl, alice.token).users.getUsers({ clientID, xPlexToken: alice.token }, { serverURL: `${baseUrl}/api` });
    assert.equal(statusCode, 200);
    assert.match(contentType, /^application\/xml/);
    const [, server] = /<User [^>]*username="bob"[^>]*>\s*(<Server [^>]*>)/.exec(Buffer.from(body).toString());
    assert.match(server, new RegExp(`machineIdentifier="${livingRoom}"[^>]* owned="1"`));
  },

  async "unknown token"(baseUrl) {
    const refused = await errorOf(plex(baseUrl, unknownToken).plex.getServerResources(clientID, 1, 1, 1, { serverURL: accountUrl }));
    assert.ok(refused instanceof errors.GetServerResourcesUnauthorized, refused.name);
    assert.equal(refused.errors[0].code, 1001);
  },
});
