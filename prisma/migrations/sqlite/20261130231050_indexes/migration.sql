-- DropIndex
DROP INDEX "Certificate_keyPairId_idx";

-- DropIndex
DROP INDEX "SigningKey_organizationId_state_idx";

-- CreateIndex
CREATE INDEX "Certificate_keyPairId_renewedFromId_idx" ON "Certificate"("keyPairId", "renewedFromId");

-- CreateIndex
CREATE INDEX "KeyPair_organizationId_signedUntil_idx" ON "KeyPair"("organizationId", "signedUntil");

-- CreateIndex
CREATE INDEX "KeyPair_organizationId_unassignedAt_idx" ON "KeyPair"("organizationId", "unassignedAt");

-- CreateIndex
CREATE INDEX "SigningKey_organizationId_state_droppedAt_idx" ON "SigningKey"("organizationId", "state", "droppedAt");
