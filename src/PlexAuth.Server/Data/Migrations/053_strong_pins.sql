-- Whether the code is a strong one; these are counted apart.
ALTER TABLE pins ADD COLUMN strong INTEGER NOT NULL DEFAULT 0;
