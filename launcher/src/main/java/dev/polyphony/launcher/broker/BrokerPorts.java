package dev.polyphony.launcher.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a local broker listens: the same ports in every run, so that clients find it again after a restart.
 *
 * @param client for clients
 * @param controller for the broker's own quorum
 */
record BrokerPorts(int client, int controller) {

    private static final Pattern PORTS = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

    /** The ports in the file if they are free, otherwise new ones, which are then in the file. */
    static BrokerPorts in(Path file) {
        try {
            if (Files.exists(file)) {
                BrokerPorts known = known(file);
                if (free(known.client) && free(known.controller)) {
                    return known;
                }
            }
            BrokerPorts chosen = choose();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, chosen.client + " " + chosen.controller + "\n");
            return chosen;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot choose the broker's ports", e);
        }
    }

    /** The ports in the file, free or not; 0 if it holds none. */
    static BrokerPorts known(Path file) {
        try {
            Matcher match = PORTS.matcher(Files.readString(file));
            return match.matches()
                    ? new BrokerPorts(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
                    : new BrokerPorts(0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the broker's ports", e);
        }
    }

    private static BrokerPorts choose() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new BrokerPorts(one.getLocalPort(), other.getLocalPort());
        }
    }

    private static boolean free(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }
}
