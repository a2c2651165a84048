package dev.polyphony.chaos.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection through the network: a thread for each direction. */
final class Connection {

    private static final int PIECE_BYTES = 16 << 10;

    private final FaultyNetwork network;
    private final Socket client;
    private final Socket broker;
    private final AtomicBoolean closed = new AtomicBoolean();

    Connection(FaultyNetwork network, Socket client, Socket broker) {
        this.network = network;
        this.client = client;
        this.broker = broker;
    }

    void start(long number) throws IOException {
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        FaultyNetwork.daemon("connection " + number + " up", () -> carry(client, broker));
        FaultyNetwork.daemon("connection " + number + " down", () -> carry(broker, client));
    }

    private void carry(Socket from, Socket to) {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                long nanos = network.awaitPassage().transit(count).toNanos();
                if (nanos > 0) {
                    Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
                }
                network.passed(count);
                out.write(piece, 0, count);
            }
        } catch (IOException cut) {
            // One side has gone; the other is told by closing.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Whether this call closed it. */
    boolean close() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        network.ended(this);
        close(client);
        close(broker);
        return true;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // Nothing is left to be closed.
        }
    }
}
