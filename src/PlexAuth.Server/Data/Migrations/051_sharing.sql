-- The address that a friend was invited by: what the one who shares knew already, and so may see again.
ALTER TABLE source_shares ADD COLUMN invited_email TEXT;

-- A token that claims a media server for an account. It works once, and only its hash is kept.
CREATE TABLE claim_tokens (
    hash {{blob}} NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

CREATE INDEX claim_tokens_expiry ON claim_tokens (expires_at);
