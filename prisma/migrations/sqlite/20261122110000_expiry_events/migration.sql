-- AlterTable
ALTER TABLE "Certificate" ADD COLUMN "announcedExpiry" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Certificate_deletedAt_announcedExpiry_notAfter_idx" ON "Certificate"("deletedAt", "announcedExpiry", "notAfter");
