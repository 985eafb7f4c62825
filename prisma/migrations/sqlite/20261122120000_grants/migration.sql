-- CreateTable
CREATE TABLE "AuthorizationRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "AuthorizationRequest_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AuthorizationRequest_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Consent" (
    "organizationId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("applicationId", "userId"),
    CONSTRAINT "Consent_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Consent_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Consent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RevokedToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "RevokedToken_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Added in place: rebuilding the table would drop the old one, and with it, by cascade, secrets and sessions.
ALTER TABLE "Application" ADD COLUMN "idTokenExpirySecs" INTEGER;
ALTER TABLE "Application" ADD COLUMN "refreshTokenExpirySecs" INTEGER;
ALTER TABLE "Application" ADD COLUMN "isConfidential" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "Application" ADD COLUMN "isConsentRequired" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Application" ADD COLUMN "redirectUris" TEXT;
ALTER TABLE "Application" ADD COLUMN "postLogoutRedirectUris" TEXT;

-- A machine client has one session now, with one row beside it for each key pair that signed for it.
CREATE TEMPORARY TABLE "OldSession" AS SELECT * FROM "Session";
DROP TABLE "Session";
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "userId" TEXT,
    "scope" TEXT NOT NULL,
    "authenticatedAt" DATETIME,
    "startedAt" DATETIME NOT NULL,
    "lastUsedAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    CONSTRAINT "Session_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Session_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SessionKey" (
    "sessionId" TEXT NOT NULL,
    "keyPairId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("sessionId", "keyPairId"),
    CONSTRAINT "SessionKey_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SessionKey_keyPairId_fkey" FOREIGN KEY ("keyPairId") REFERENCES "KeyPair" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuthorizationCode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "redirectUri" TEXT NOT NULL,
    "codeChallenge" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "nonce" TEXT,
    "authenticatedAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "redeemedAt" DATETIME,
    "sessionId" TEXT,
    CONSTRAINT "AuthorizationCode_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AuthorizationCode_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "AuthorizationCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AuthorizationCode_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RefreshToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    CONSTRAINT "RefreshToken_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "RefreshToken_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

INSERT INTO "Session" ("id", "organizationId", "applicationId", "subject", "scope", "startedAt", "lastUsedAt", "expiresAt")
SELECT MIN("id"), "organizationId", "applicationId", "subject", '', MIN("startedAt"), MAX("lastUsedAt"), MAX("expiresAt")
FROM "OldSession" GROUP BY "organizationId", "applicationId", "subject";
INSERT INTO "SessionKey" ("sessionId", "keyPairId", "organizationId", "expiresAt")
SELECT s."id", o."keyPairId", o."organizationId", o."expiresAt" FROM "OldSession" o
JOIN "Session" s ON s."applicationId" = o."applicationId" AND s."subject" = o."subject";
DROP TABLE "OldSession";

-- CreateIndex
CREATE INDEX "Session_organizationId_startedAt_id_idx" ON "Session"("organizationId", "startedAt", "id");

-- CreateIndex
CREATE INDEX "Session_organizationId_expiresAt_idx" ON "Session"("organizationId", "expiresAt");

-- CreateIndex
CREATE INDEX "Session_applicationId_expiresAt_idx" ON "Session"("applicationId", "expiresAt");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

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

-- A machine client has at most one session that is not revoked, held by the database itself.
CREATE UNIQUE INDEX "Session_machine" ON "Session"("applicationId", "subject") WHERE "userId" IS NULL AND "revokedAt" IS NULL;
