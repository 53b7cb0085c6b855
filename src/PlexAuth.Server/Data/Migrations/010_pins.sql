-- A code is kept as a keyed hash, to be found by, and sealed, to be shown to its creator; the token is sealed. The keys are not in the database.
CREATE TABLE pins (
    id BIGINT NOT NULL PRIMARY KEY,
    code_hash {{blob}} NOT NULL UNIQUE,
    sealed_code {{blob}} NOT NULL,
    sealed_token {{blob}},
    state INTEGER NOT NULL DEFAULT 0,
    client_identifier TEXT NOT NULL,
    client TEXT NOT NULL,
    origin TEXT,
    source TEXT,
    address TEXT NOT NULL,
    network TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX pins_address ON pins (address);
CREATE INDEX pins_created ON pins (created_at);
CREATE INDEX pins_expiry ON pins (expires_at);

-- Wrong codes at link time.
CREATE TABLE pin_misses (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    network TEXT NOT NULL,
    short_code INTEGER NOT NULL,
    missed_at BIGINT NOT NULL
);

CREATE INDEX pin_misses_account ON pin_misses (account_id, missed_at);
CREATE INDEX pin_misses_network ON pin_misses (network, missed_at);
CREATE INDEX pin_misses_time ON pin_misses (missed_at);

-- Polls for an id that is unknown, or known to another client.
CREATE TABLE pin_poll_misses (
    address TEXT NOT NULL,
    missed_at BIGINT NOT NULL
);

CREATE INDEX pin_poll_misses_address ON pin_poll_misses (address, missed_at);
CREATE INDEX pin_poll_misses_time ON pin_poll_misses (missed_at);

-- One row, which every guess updates first: guesses are judged one after the other on every engine, so none slips past a count.
CREATE TABLE pin_guard (
    id INTEGER PRIMARY KEY,
    guesses BIGINT NOT NULL,
    tripped_at BIGINT NOT NULL
);

INSERT INTO pin_guard (id, guesses, tripped_at) VALUES (1, 0, 0);

-- Networks from which an account has linked a device.
CREATE TABLE pin_networks (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    network TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, network)
);
