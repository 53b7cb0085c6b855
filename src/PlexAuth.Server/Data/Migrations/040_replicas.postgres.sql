-- Processes that share this database. The key of an instance's transient tokens is sealed; its lease is by this server's clock.
CREATE TABLE instances (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    sealed_key {{blob}} NOT NULL,
    uptime BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);

-- That something was revoked, for replicas to see which keep what they found valid in memory. Triggers write it, so that no way of revoking can forget to.
CREATE TABLE revocations (
    id {{identity}},
    revoked_at BIGINT NOT NULL
);

CREATE INDEX revocations_time ON revocations (revoked_at);

CREATE FUNCTION plexauth_now() RETURNS BIGINT LANGUAGE sql AS 'SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT';

CREATE FUNCTION plexauth_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO revocations (revoked_at) VALUES (plexauth_now());
    PERFORM pg_notify('plexauth_revoked', '');
    RETURN NULL;
END
$$;

CREATE FUNCTION plexauth_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone) THEN
        INSERT INTO revocations (revoked_at) VALUES (plexauth_now());
        PERFORM pg_notify('plexauth_revoked', '');
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER tokens_deleted AFTER DELETE ON tokens REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION plexauth_deleted();
CREATE TRIGGER instances_deleted AFTER DELETE ON instances REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION plexauth_deleted();
CREATE TRIGGER accounts_disabled AFTER UPDATE OF disabled, password_version ON accounts FOR EACH ROW
    WHEN (OLD.disabled IS DISTINCT FROM NEW.disabled OR OLD.password_version IS DISTINCT FROM NEW.password_version) EXECUTE FUNCTION plexauth_revoked();
