// The development personas of the server, as documented in docs/personas.md.
export const alice = { login: "alice@example.com", password: "alice-password", token: "alice-dev-token-0001" };
export const carol = { login: "carol@example.com", password: "carol-password" };
export const bob = { token: "bob-dev-token-000001" };
export const livingRoom = "0123456789abcdef0123456789abcdef01234567";
export const attic = "89abcdef0123456789abcdef0123456789abcdef";
export const podcasts = "provider://tv.plex.provider.podcasts";
export const unknownToken = "nobody-dev-token-000";
