-- A media server that stands alone: the token that its account service gave it when it was claimed, sealed.
ALTER TABLE sources ADD COLUMN sealed_claim {{blob}};
