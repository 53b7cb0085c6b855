-- Tries that are counted before they are made, and until when there may be no more. Logins are in the name as a hash alone.
CREATE TABLE throttles (
    name TEXT NOT NULL PRIMARY KEY,
    used INTEGER NOT NULL,
    strikes INTEGER NOT NULL,
    window_ends_at BIGINT NOT NULL,
    open_at BIGINT NOT NULL,
    kept_until BIGINT NOT NULL
);

CREATE INDEX throttles_kept ON throttles (kept_until);

-- Networks from which an account has signed in.
CREATE TABLE account_networks (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    network TEXT NOT NULL,
    signed_in_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, network)
);

CREATE INDEX account_networks_time ON account_networks (signed_in_at);
