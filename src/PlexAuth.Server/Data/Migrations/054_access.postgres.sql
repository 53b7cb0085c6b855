-- Access to a server ends for replicas too when it is shared no longer, or has another owner or none.
CREATE TRIGGER source_shares_deleted AFTER DELETE ON source_shares REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION plexauth_deleted();
CREATE TRIGGER sources_owner_changed AFTER UPDATE OF owner_account_id ON sources FOR EACH ROW
    WHEN (OLD.owner_account_id IS DISTINCT FROM NEW.owner_account_id) EXECUTE FUNCTION plexauth_revoked();
