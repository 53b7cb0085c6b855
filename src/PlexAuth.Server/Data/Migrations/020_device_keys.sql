-- One public key for each device. A key (by its RFC 7638 thumbprint) belongs to one device; a kid is a label that only means something beside its client identifier.
CREATE TABLE device_keys (
    device_id BIGINT NOT NULL PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
    client_identifier TEXT NOT NULL,
    thumbprint TEXT NOT NULL UNIQUE,
    key_id TEXT NOT NULL,
    public_key TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    UNIQUE (client_identifier, key_id)
);

-- Only SHA-256 of a nonce is kept, until it is used or expires.
CREATE TABLE device_nonces (
    hash {{blob}} NOT NULL PRIMARY KEY,
    client_identifier TEXT NOT NULL,
    address TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX device_nonces_client ON device_nonces (client_identifier, address, expires_at);
CREATE INDEX device_nonces_expiry ON device_nonces (expires_at);

-- The keys that sign tokens. The highest generation signs; the others are published until no token of theirs can be valid.
CREATE TABLE issuer_keys (
    generation BIGINT NOT NULL PRIMARY KEY,
    public_key TEXT NOT NULL,
    sealed_private_key {{blob}},
    created_at BIGINT NOT NULL,
    retired_at BIGINT
);

-- The key that a PIN will register once it is confirmed.
ALTER TABLE pins ADD COLUMN device_key TEXT;
