-- Whether a wrong code was compared with the codes of every network, not only with those of the network it came from.
ALTER TABLE pin_misses ADD COLUMN everywhere INTEGER NOT NULL DEFAULT 1;
