// Device keys by nothing but Plex's documentation and node's own Ed25519: no published client has this flow yet, so this stands in for one.
import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { accountUrl, run } from "./scenario.mjs";
import { alice } from "./personas.mjs";

const client = "node-device-key-0001";
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
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x } = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(x).digest("hex");
  const jwk = { kty: "OKP", crv: "Ed25519", x, use: "sig", alg: "EdDSA", kid };
  const jwt = (claims) => {
    const now = Math.floor(Date.now() / 1000);
    const unsigned = `${encode({ alg: "EdDSA", typ: "JWT", kid })}.${encode({ aud: "plex.tv", iss: client, iat: now, exp: now + 300, ...claims })}`;
    return `${unsigned}.${sign(null, Buffer.from(unsigned), privateKey).toString("base64url")}`;
  };
  return { jwk, kid, jwt };
}

async function check(token, kid) {
  const [header, claims, signature] = token.split(".");
  const { keys } = await call("GET", "/auth/keys");
  const key = keys.find((one) => one.kid === decode(header).kid);
  assert.ok(verify(null, Buffer.from(`${header}.${claims}`), createPublicKey({ key, format: "jwk" }), Buffer.from(signature, "base64url")));

  const { iss, aud, iat, exp, thumbprint, user } = decode(claims);
  assert.deepEqual({ iss, aud, lifetime: exp - iat, thumbprint }, { iss: "plex.tv", aud: ["plex.tv", client], lifetime: 604800, thumbprint: kid });
  assert.equal(user.username, "alice");
  assert.equal((await call("GET", "/user", { token })).username, "alice");
}

await run({
  async "register and exchange"() {
    const { jwk, kid, jwt } = device();
    const { authToken } = await call("POST", "/users/signin", { body: { login: alice.login, password: alice.password }, status: 201 });
    await call("POST", "/auth/jwk", { token: authToken, body: { jwk } });
    const { nonce } = await call("GET", "/auth/nonce");
    const signed = jwt({ nonce, scope: "username,email" });
    const { auth_token } = await call("POST", "/auth/token", { body: { jwt: signed } });
    await check(auth_token, kid);
    await call("POST", "/auth/token", { body: { jwt: signed }, status: 422 });
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
