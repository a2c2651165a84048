package dev.polyphony.launcher.verify;

/** Something that the ledger promises does not hold. */
final class BrokenLedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenLedgerException(String message) {
        super(message);
    }
}
