-- CreateTable
CREATE TABLE "Certificate" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sortName" TEXT NOT NULL,
    "searchText" TEXT NOT NULL,
    "keyPairId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "certificatePem" TEXT NOT NULL,
    "chainPem" TEXT NOT NULL,
    "commonName" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "serial" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "notAfter" TIMESTAMP(3) NOT NULL,
    "fingerprintSha256" TEXT NOT NULL,
    "fingerprintSha1" TEXT NOT NULL,
    "subjectAltNames" TEXT NOT NULL,
    "keyUsage" TEXT NOT NULL,
    "warnings" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "deletedAt" TIMESTAMP(3),
    "renewedFromId" TEXT,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Application" ADD COLUMN "signingCertId" TEXT;

-- AlterTable
ALTER TABLE "KeyPair" ADD COLUMN "unassignedAt" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "Certificate_organizationId_deletedAt_sortName_id_idx" ON "Certificate"("organizationId", "deletedAt", "sortName", "id");

-- CreateIndex
CREATE INDEX "Certificate_organizationId_deletedAt_notAfter_id_idx" ON "Certificate"("organizationId", "deletedAt", "notAfter", "id");

-- CreateIndex
CREATE INDEX "Certificate_organizationId_deletedAt_createdAt_id_idx" ON "Certificate"("organizationId", "deletedAt", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Certificate_organizationId_fingerprintSha256_idx" ON "Certificate"("organizationId", "fingerprintSha256");

-- CreateIndex
CREATE INDEX "Certificate_keyPairId_idx" ON "Certificate"("keyPairId");

-- CreateIndex
CREATE INDEX "Certificate_renewedFromId_idx" ON "Certificate"("renewedFromId");

-- CreateIndex
CREATE INDEX "Application_signingCertId_idx" ON "Application"("signingCertId");

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_keyPairId_fkey" FOREIGN KEY ("keyPairId") REFERENCES "KeyPair"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_renewedFromId_fkey" FOREIGN KEY ("renewedFromId") REFERENCES "Certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_signingCertId_fkey" FOREIGN KEY ("signingCertId") REFERENCES "Certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A certificate stands in an organization at most once, held by the database itself, and a deleted one may come back.
CREATE UNIQUE INDEX "Certificate_live_fingerprint" ON "Certificate"("organizationId", "fingerprintSha256") WHERE "deletedAt" IS NULL;
