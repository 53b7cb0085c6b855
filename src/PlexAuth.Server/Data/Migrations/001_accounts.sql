-- Times are Unix milliseconds, booleans are 0 or 1. Sealed columns are encrypted with a key that is not in the database.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE homes (
    id {{identity}},
    name TEXT NOT NULL
);

CREATE TABLE accounts (
    id {{identity}},
    uuid TEXT NOT NULL UNIQUE,
    username TEXT NOT NULL,
    username_key TEXT UNIQUE,
    email TEXT NOT NULL,
    email_key TEXT UNIQUE,
    title TEXT NOT NULL,
    friendly_name TEXT NOT NULL,
    country TEXT,
    locale TEXT,
    joined_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    confirmed INTEGER NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    email_only_auth INTEGER NOT NULL DEFAULT 0,
    sealed_password {{blob}},
    password_version BIGINT NOT NULL DEFAULT 1,
    two_factor_enabled INTEGER NOT NULL DEFAULT 0,
    sealed_totp_seed {{blob}},
    totp_last_step BIGINT NOT NULL DEFAULT 0,
    backup_codes_created INTEGER NOT NULL DEFAULT 0,
    home_id BIGINT REFERENCES homes (id),
    home_admin INTEGER NOT NULL DEFAULT 0,
    restricted INTEGER NOT NULL DEFAULT 0,
    restriction_profile TEXT,
    guest INTEGER NOT NULL DEFAULT 0,
    sealed_home_pin {{blob}},
    subscription_plan TEXT,
    subscribed_at BIGINT
);

CREATE INDEX accounts_home ON accounts (home_id);
