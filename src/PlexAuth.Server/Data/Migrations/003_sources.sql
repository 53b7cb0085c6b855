-- Media servers and providers that people can be connected to; one of the servers is this one.
CREATE TABLE sources (
    id {{identity}},
    scheme TEXT NOT NULL,
    identifier TEXT NOT NULL,
    name TEXT NOT NULL,
    owner_account_id BIGINT REFERENCES accounts (id),
    own INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    UNIQUE (scheme, identifier)
);

CREATE UNIQUE INDEX sources_own ON sources (own) WHERE own = 1;

CREATE TABLE source_connections (
    source_id BIGINT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    address TEXT NOT NULL,
    port INTEGER NOT NULL,
    uri TEXT NOT NULL,
    local INTEGER NOT NULL,
    relay INTEGER NOT NULL,
    PRIMARY KEY (source_id, position)
);

CREATE TABLE source_shares (
    source_id BIGINT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (source_id, account_id)
);

CREATE INDEX source_shares_account ON source_shares (account_id);
