-- Codes to sign in with when the authenticator is lost, each good once. Only SHA-256 of a code, which has 120 random bits, is kept.
CREATE TABLE backup_codes (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash {{blob}} NOT NULL,
    PRIMARY KEY (account_id, hash)
);

-- A second factor that is not on yet: nobody has proved to have its seed.
CREATE TABLE two_factor_enrolments (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sealed_seed {{blob}} NOT NULL,
    created_at BIGINT NOT NULL
);
