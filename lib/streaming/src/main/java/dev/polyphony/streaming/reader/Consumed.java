package dev.polyphony.streaming.reader;

import dev.polyphony.experiment.Sha256;
import java.util.HexFormat;
import java.util.List;

/**
 * What a student has learned from, to the byte: a chain of hashes over every record it applied, in order. With h the
 * SHA-256,
 *
 * <pre>
 * c(0) = 32 zeros,   c(n+1) = h(c(n) | h(first record of minibatch n) | ... | h(last record of logits n))
 * </pre>
 *
 * so that two equal chains mean the same bytes, each once, in the same order.
 *
 * @param sha256 64 hexadecimal digits
 */
public record Consumed(String sha256) {

    /** Of a student that has learned nothing. */
    public static final Consumed NOTHING = new Consumed("0".repeat(64));

    public Consumed {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a chain is 64 hexadecimal digits, not " + sha256);
        }
    }

    /**
     * One step further.
     *
     * @param hashes SHA-256 of the values of the step's records: its minibatch's in order, then its logits'
     */
    public Consumed then(List<String> hashes) {
        byte[] all = HexFormat.of().parseHex(sha256 + String.join("", hashes));
        return new Consumed(Sha256.of(all));
    }
}
