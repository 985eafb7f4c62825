-- Rotations and uploads write these tables in this order, too, so that neither waits for this in a circle.
DROP INDEX "SigningKey_organizationId_state_idx";
CREATE INDEX "SigningKey_organizationId_state_droppedAt_idx" ON "SigningKey"("organizationId", "state", "droppedAt");

CREATE INDEX "KeyPair_organizationId_signedUntil_idx" ON "KeyPair"("organizationId", "signedUntil");
CREATE INDEX "KeyPair_organizationId_unassignedAt_idx" ON "KeyPair"("organizationId", "unassignedAt");

DROP INDEX "Certificate_keyPairId_idx";
CREATE INDEX "Certificate_keyPairId_renewedFromId_idx" ON "Certificate"("keyPairId", "renewedFromId");
