-- A browser that somebody is signed in with. Only SHA-256 of its cookie is kept.
CREATE TABLE browser_sessions (
    hash {{blob}} NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    password_version BIGINT NOT NULL,
    signed_in_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE INDEX browser_sessions_account ON browser_sessions (account_id);
CREATE INDEX browser_sessions_seen ON browser_sessions (seen_at);
