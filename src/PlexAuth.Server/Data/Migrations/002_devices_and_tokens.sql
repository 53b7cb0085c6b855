CREATE TABLE devices (
    id {{identity}},
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    client_identifier TEXT NOT NULL,
    name TEXT,
    product TEXT,
    version TEXT,
    platform TEXT,
    platform_version TEXT,
    device TEXT,
    vendor TEXT,
    model TEXT,
    marketplace TEXT,
    provides TEXT,
    language TEXT,
    public_address TEXT,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    UNIQUE (account_id, client_identifier)
);

-- Only SHA-256 of a token is kept. A row whose expiry has passed counts as gone even before it is swept.
CREATE TABLE tokens (
    id {{identity}},
    hash {{blob}} NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    device_id BIGINT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    machine_identifier TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    superseded_at BIGINT,
    expires_at BIGINT
);

-- A device has one current token of a kind; a former one lives on for its minutes of grace.
CREATE UNIQUE INDEX tokens_current ON tokens (device_id, kind, machine_identifier) WHERE superseded_at IS NULL;
CREATE INDEX tokens_account ON tokens (account_id);
CREATE INDEX tokens_expiry ON tokens (expires_at) WHERE expires_at IS NOT NULL;
