// @lukehagar/plexjs 0.39.0: the last version on npm that has the account operations. Directory imports fail in Node, hence the file names.
import assert from "node:assert/strict";
import { HTTPClient, PlexAPI } from "@lukehagar/plexjs";
import * as errors from "@lukehagar/plexjs/sdk/models/errors/index.js";
import { accountUrl, errorOf, run } from "./scenario.mjs";
import { alice, attic, bob, carol, livingRoom, podcasts, unknownToken } from "./personas.mjs";

const device = {
  clientID: "plexjs-0.39-interop", clientName: "Plex for Roku", deviceNickname: "Roku 3", clientVersion: "2.4.1", platform: "Roku",
};

const plex = (serverURL, accessToken) => new PlexAPI({ serverURL, accessToken });

const signIn = (baseUrl, requestBody, over = {}) =>
  plex(baseUrl).authentication.postUsersSignInData({ ...device, ...over, requestBody }, { serverURL: accountUrl });

// This version parses nothing of the two media-server answers and has read the body already; its own hook sees it first.
async function bodyOf(serverURL, accessToken, call) {
  let body;
  const httpClient = new HTTPClient().addHook("response", async (response) => { body = await response.clone().json(); });
  const response = await call(new PlexAPI({ serverURL, accessToken, httpClient }).authentication);
  assert.equal(response.statusCode, 200);
  assert.match(response.contentType, /^application\/json/);
  return body.MediaContainer;
}

const transient = (baseUrl, token) => bodyOf(baseUrl, token, (api) => api.getTransientToken("delegation", "all"));
const source = (baseUrl, token, id) => bodyOf(baseUrl, token, (api) => api.getSourceConnectionInformation(id));

function assertRefused(error, type, status, code, text) {
  assert.ok(error instanceof type, `${error.name} is not the error the SDK documents`);
  assert.equal(error.statusCode, status);
  assert.equal(error.errors[0].code, code);
  assert.match(error.errors[0].message, text);
}

await run({
  async "token details"(baseUrl) {
    const { statusCode, userPlexAccount: account } = await plex(baseUrl, alice.token).authentication.getTokenDetails({ serverURL: accountUrl });
    assert.equal(statusCode, 200);
    assert.equal(account.username, "alice");
    assert.equal(account.email, alice.login);
    assert.equal(account.authToken, alice.token);
    assert.equal(account.homeAdmin, true);
    assert.equal(account.subscription.active, true);
    assert.equal(typeof account.joinedAt, "number");
  },

  async "sign in"(baseUrl) {
    const { statusCode, userPlexAccount: account } = await signIn(baseUrl, { login: alice.login, password: alice.password });
    assert.equal(statusCode, 201);
    assert.equal(account.title, "alice");
    assert.deepEqual([account.pastSubscriptions, account.trials], [[], []]);
    const details = await plex(baseUrl, account.authToken).authentication.getTokenDetails({ serverURL: accountUrl });
    assert.equal(details.userPlexAccount.uuid, account.uuid);
  },

  async "sign in with a verification code"(baseUrl, verificationCode) {
    const { userPlexAccount: account } = await signIn(baseUrl, { ...carol, verificationCode });
    assert.equal(account.twoFactorEnabled, true);
  },

  async "transient token"(baseUrl) {
    const { token } = await transient(baseUrl, alice.token);
    assert.match(token, /^transient-/);
    assert.equal((await source(baseUrl, token, `server://${livingRoom}`)).Device.clientIdentifier, livingRoom);
  },

  async "source connections"(baseUrl) {
    const { Device: server } = await source(baseUrl, alice.token, `server://${attic}`);
    assert.equal(server.name, "Attic");
    assert.ok(server.Connection.length > 0);
    assert.match((await source(baseUrl, alice.token, podcasts)).Device.clientIdentifier, /podcasts/);
  },

  async "unknown token"(baseUrl) {
    const { authentication } = plex(baseUrl, unknownToken);
    assertRefused(await errorOf(authentication.getTokenDetails({ serverURL: accountUrl })),
      errors.GetTokenDetailsUnauthorized, 401, 1001, /could not be authenticated/);
    assertRefused(await errorOf(authentication.getTransientToken("delegation", "all")), errors.GetTransientTokenUnauthorized, 401, 1001, /\w/);
    assertRefused(await errorOf(authentication.getSourceConnectionInformation(`server://${livingRoom}`)),
      errors.GetSourceConnectionInformationUnauthorized, 401, 1001, /\w/);
  },

  async "wrong password"(baseUrl) {
    assertRefused(await errorOf(signIn(baseUrl, { login: alice.login, password: "not-the-password" })),
      errors.PostUsersSignInDataUnauthorized, 401, 1001, /could not be authenticated/);
  },

  async "missing verification code"(baseUrl) {
    assertRefused(await errorOf(signIn(baseUrl, carol)), errors.PostUsersSignInDataUnauthorized, 401, 1029, /verification code/);
  },

  async "wrong verification code"(baseUrl) {
    assertRefused(await errorOf(signIn(baseUrl, { ...carol, verificationCode: "000000" })),
      errors.PostUsersSignInDataUnauthorized, 401, 1028, /verification code/);
  },

  async "missing client identifier"(baseUrl) {
    assertRefused(await errorOf(signIn(baseUrl, { login: alice.login, password: alice.password }, { clientID: "" })),
      errors.PostUsersSignInDataBadRequest, 400, 1000, /X-Plex-Client-Identifier is missing/);
  },

  async "unknown source"(baseUrl) {
    assertRefused(await errorOf(plex(baseUrl, alice.token).authentication.getSourceConnectionInformation("server://client-identifier")),
      errors.GetSourceConnectionInformationBadRequest, 400, 1004, /\w/);
  },

  async "forbidden source"(baseUrl) {
    const error = await errorOf(plex(baseUrl, bob.token).authentication.getSourceConnectionInformation(`server://${livingRoom}`));
    assert.equal(error.name, "SDKError");
    assert.equal(error.statusCode, 403);
  },
});
