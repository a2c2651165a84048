package dev.polyphony.chaos.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP proxy between clients and one broker: the network that can go away, come back, and be slow. */
public final class FaultyNetwork implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private Weather weather = Weather.FAIR;

    private FaultyNetwork(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Listens on any free port of this machine, and leads to another port of it. */
    public static FaultyNetwork to(int target) {
        try {
            ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
            FaultyNetwork network = new FaultyNetwork(server, target);
            daemon("network to " + target, network::accept);
            return network;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
    }

    static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where clients connect. */
    public int port() {
        return server.getLocalPort();
    }

    /** From now on. */
    public synchronized void become(Weather next) {
        weather = next;
        notifyAll();
    }

    synchronized Weather weather() {
        return weather;
    }

    /** Waits while bytes are held back; returns how it is then. */
    synchronized Weather awaitPassage() throws InterruptedException {
        while (weather.holdsBack()) {
            wait();
        }
        return weather;
    }

    /** Closes all connections at once; returns how many there were. */
    public int cut() {
        int count = 0;
        for (Connection connection : connections) {
            if (connection.close()) {
                count++;
            }
        }
        return count;
    }

    /** Connections open now. */
    public int connections() {
        return connections.size();
    }

    /** Connections closed at once, because the network was down, since it exists. */
    public long refused() {
        return refused.get();
    }

    /** Bytes passed on since the network exists, both directions together. */
    public long bytes() {
        return bytes.get();
    }

    void passed(int count) {
        bytes.addAndGet(count);
    }

    void ended(Connection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (weather().refusesConnections()) {
                    refused.incrementAndGet();
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                // Either this network is closed, or the client has gone already.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            Connection connection = new Connection(this, client, broker);
            connections.add(connection);
            connection.start(accepted.incrementAndGet());
        } catch (IOException brokerDown) {
            client.close();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the network", e);
        } finally {
            become(Weather.FAIR);
            cut();
        }
    }
}
