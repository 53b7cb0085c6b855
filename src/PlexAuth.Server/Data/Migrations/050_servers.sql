-- What a media server told of itself when it was last heard from.
ALTER TABLE sources ADD COLUMN product_version TEXT;
ALTER TABLE sources ADD COLUMN platform TEXT;
ALTER TABLE sources ADD COLUMN platform_version TEXT;
ALTER TABLE sources ADD COLUMN device TEXT;
ALTER TABLE sources ADD COLUMN public_address TEXT;
ALTER TABLE sources ADD COLUMN last_seen_at BIGINT;

ALTER TABLE source_shares ADD COLUMN shared_at BIGINT NOT NULL DEFAULT 0;

-- A device's token for a server is derived from its seed and a key that is not in the database. A new seed makes a new token.
CREATE TABLE server_token_seeds (
    device_id BIGINT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    source_id BIGINT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    seed {{blob}} NOT NULL,
    PRIMARY KEY (device_id, source_id)
);
