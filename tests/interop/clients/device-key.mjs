// Device keys over node's own Ed25519, on the wire as @ctrl/plex's source (src/jwt.ts) and python-plexapi have it: the @ctrl/plex that npm installs, 3.12.1, is
// from before that, so this stands in for it. Both name a key by the SHA-256 of its private and public halves, ask for every scope, and check each claim.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { accountUrl, run } from "./scenario.mjs";
import { alice } from "./personas.mjs";

const client = "node-device-key-0001";
const scope = "username,email,friendly_name,restricted,anonymous,joinedAt";
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part) => JSON.parse(Buffer.from(part, "base64url"));

async function call(method, path, { token, body, status = 200 } = {}) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-Plex-Client-Identifier": client };
  if (token) headers["X-Plex-Token"] = token;
  const answer = await fetch(`${accountUrl}${path}`, { method, headers, body: body && JSON.stringify(body) });
  assert.equal(answer.status, status, await answer.clone().text());
  return answer.status === 204 ? null : answer.json();
}

function device() {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { d, x } = privateKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(Buffer.from(d, "base64url")).update(Buffer.from(x, "base64url")).digest("hex");
  const jwk = { kty: "OKP", crv: "Ed25519", x, use: "sig", alg: "EdDSA", kid };
  const jwt = (claims) => {
    const now = Math.floor(Date.now() / 1000);
    const unsigned = `${encode({ alg: "EdDSA", typ: "JWT", kid })}.${encode({ aud: "plex.tv", iss: client, iat: now, exp: now + 300, ...claims })}`;
    return `${unsigned}.${sign(null, Buffer.from(unsigned), privateKey).toString("base64url")}`;
  };
  return { jwk, kid, jwt };
}

async function exchange({ jwt }) {
  const { nonce } = await call("GET", "/auth/nonce");
  const signed = jwt({ nonce, scope });
  const { auth_token } = await call("POST", "/auth/token", { body: { jwt: signed } });
  return { token: auth_token, nonce, signed };
}

async function check(token, kid) {
  const [header, claims, signature] = token.split(".");
  const { keys } = await call("GET", "/auth/keys");
  const issuer = keys.find((one) => one.kid === decode(header).kid);
  const key = await crypto.subtle.importKey("jwk", { ...issuer, ext: true, key_ops: ["verify"] }, "Ed25519", false, ["verify"]);
  assert.ok(await crypto.subtle.verify("Ed25519", key, Buffer.from(signature, "base64url"), Buffer.from(`${header}.${claims}`)));

  const { iss, aud, iat, exp, thumbprint, user, nonce } = decode(claims);
  assert.deepEqual({ iss, aud, lifetime: exp - iat, thumbprint }, { iss: "plex.tv", aud: ["plex.tv", client], lifetime: 604800, thumbprint: kid });
  assert.ok(iat <= Date.now() / 1000 + 60);
  assert.equal(user.username, "alice");
  assert.equal((await call("GET", "/user", { token })).username, "alice");
  return nonce;
}

await run({
  async "register, exchange and refresh"() {
    const key = device();
    const { authToken } = await call("POST", "/users/signin", { body: { login: alice.login, password: alice.password }, status: 201 });
    await call("POST", "/auth/jwk", { token: authToken, body: { jwk: key.jwk } });
    const first = await exchange(key);
    assert.equal(await check(first.token, key.kid), first.nonce);
    await call("POST", "/auth/token", { body: { jwt: first.signed }, status: 422 });
    const second = await exchange(key);
    assert.equal(await check(second.token, key.kid), second.nonce);
  },

  async "PIN with a key"() {
    const { jwk, kid, jwt } = device();
    const pin = await call("POST", "/pins", { body: { jwk, strong: true }, status: 201 });
    assert.equal((await call("GET", `/pins/${pin.id}?deviceJWT=${jwt({ scope: "username" })}`)).authToken, null);
    const other = await fetch(`${accountUrl}/pins/link?code=${pin.code}`, {
      method: "PUT",
      headers: { "X-Plex-Token": alice.token, "X-Plex-Client-Identifier": "plexauth-dev-alice" },
    });
    assert.equal(other.status, 204);
    const { authToken } = await call("GET", `/pins/${pin.id}?deviceJWT=${jwt({ scope: "username" })}`);
    await check(authToken, kid);
  },
});
