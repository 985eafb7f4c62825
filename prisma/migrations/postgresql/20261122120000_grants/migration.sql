-- DropForeignKey
ALTER TABLE "Session" DROP CONSTRAINT "Session_keyPairId_fkey";

-- DropIndex
DROP INDEX "Session_keyPairId_expiresAt_idx";

-- DropIndex
DROP INDEX "Session_applicationId_keyPairId_subject_key";

-- AlterTable
ALTER TABLE "Application" ADD COLUMN     "idTokenExpirySecs" INTEGER,
ADD COLUMN     "isConfidential" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "isConsentRequired" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "postLogoutRedirectUris" TEXT,
ADD COLUMN     "redirectUris" TEXT,
ADD COLUMN     "refreshTokenExpirySecs" INTEGER;

-- CreateTable
CREATE TABLE "SessionKey" (
    "sessionId" TEXT NOT NULL,
    "keyPairId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SessionKey_pkey" PRIMARY KEY ("sessionId","keyPairId")
);

-- A machine client has one session now, with one row beside it for each key pair that signed for it.
INSERT INTO "SessionKey" ("sessionId", "keyPairId", "organizationId", "expiresAt")
SELECT (SELECT MIN(kept."id") FROM "Session" kept WHERE kept."applicationId" = s."applicationId" AND kept."subject" = s."subject"),
    s."keyPairId", s."organizationId", s."expiresAt" FROM "Session" s;
UPDATE "Session" SET
    "startedAt" = (SELECT MIN(o."startedAt") FROM "Session" o WHERE o."applicationId" = "Session"."applicationId" AND o."subject" = "Session"."subject"),
    "lastUsedAt" = (SELECT MAX(o."lastUsedAt") FROM "Session" o WHERE o."applicationId" = "Session"."applicationId" AND o."subject" = "Session"."subject"),
    "expiresAt" = (SELECT MAX(o."expiresAt") FROM "Session" o WHERE o."applicationId" = "Session"."applicationId" AND o."subject" = "Session"."subject");
DELETE FROM "Session" WHERE "id" NOT IN (SELECT "sessionId" FROM "SessionKey");

-- AlterTable
ALTER TABLE "Session" DROP COLUMN "keyPairId",
ADD COLUMN     "authenticatedAt" TIMESTAMP(3),
ADD COLUMN     "revokedAt" TIMESTAMP(3),
ADD COLUMN     "scope" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "userId" TEXT;

ALTER TABLE "Session" ALTER COLUMN "scope" DROP DEFAULT;

-- CreateTable
CREATE TABLE "AuthorizationRequest" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AuthorizationRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuthorizationCode" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "redirectUri" TEXT NOT NULL,
    "codeChallenge" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "nonce" TEXT,
    "authenticatedAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "redeemedAt" TIMESTAMP(3),
    "sessionId" TEXT,

    CONSTRAINT "AuthorizationCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RefreshToken" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "RefreshToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "organizationId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("applicationId","userId")
);

-- CreateTable
CREATE TABLE "RevokedToken" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RevokedToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SessionKey_keyPairId_expiresAt_idx" ON "SessionKey"("keyPairId", "expiresAt");

-- CreateIndex
CREATE INDEX "SessionKey_organizationId_expiresAt_idx" ON "SessionKey"("organizationId", "expiresAt");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_expiresAt_idx" ON "AuthorizationRequest"("expiresAt");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_organizationId_idx" ON "AuthorizationRequest"("organizationId");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_applicationId_idx" ON "AuthorizationRequest"("applicationId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_expiresAt_idx" ON "AuthorizationCode"("expiresAt");

-- CreateIndex
CREATE INDEX "AuthorizationCode_organizationId_idx" ON "AuthorizationCode"("organizationId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_applicationId_idx" ON "AuthorizationCode"("applicationId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_sessionId_idx" ON "AuthorizationCode"("sessionId");

-- CreateIndex
CREATE INDEX "RefreshToken_sessionId_idx" ON "RefreshToken"("sessionId");

-- CreateIndex
CREATE INDEX "RefreshToken_organizationId_expiresAt_idx" ON "RefreshToken"("organizationId", "expiresAt");

-- CreateIndex
CREATE INDEX "Consent_organizationId_idx" ON "Consent"("organizationId");

-- CreateIndex
CREATE INDEX "Consent_userId_idx" ON "Consent"("userId");

-- CreateIndex
CREATE INDEX "RevokedToken_organizationId_expiresAt_idx" ON "RevokedToken"("organizationId", "expiresAt");

-- CreateIndex
CREATE INDEX "Session_organizationId_startedAt_id_idx" ON "Session"("organizationId", "startedAt", "id");

-- CreateIndex
CREATE INDEX "Session_applicationId_expiresAt_idx" ON "Session"("applicationId", "expiresAt");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionKey" ADD CONSTRAINT "SessionKey_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionKey" ADD CONSTRAINT "SessionKey_keyPairId_fkey" FOREIGN KEY ("keyPairId") REFERENCES "KeyPair"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationRequest" ADD CONSTRAINT "AuthorizationRequest_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationRequest" ADD CONSTRAINT "AuthorizationRequest_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RefreshToken" ADD CONSTRAINT "RefreshToken_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RefreshToken" ADD CONSTRAINT "RefreshToken_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RevokedToken" ADD CONSTRAINT "RevokedToken_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A machine client has at most one session that is not revoked, held by the database itself.
CREATE UNIQUE INDEX "Session_machine" ON "Session"("applicationId", "subject") WHERE "userId" IS NULL AND "revokedAt" IS NULL;
