-- What was done to accounts, by whom, from where and with what outcome. Nothing secret is in here, and rows outlive what they tell of.
CREATE TABLE security_events (
    id {{identity}},
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    account_id BIGINT,
    actor TEXT NOT NULL,
    client_identifier TEXT,
    address TEXT,
    subject TEXT,
    code INTEGER
);

CREATE INDEX security_events_account ON security_events (account_id, id);
CREATE INDEX security_events_time ON security_events (at);
