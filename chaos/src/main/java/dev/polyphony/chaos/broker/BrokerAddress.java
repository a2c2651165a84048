package dev.polyphony.chaos.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a broker listens, in all its lives.
 *
 * @param node its number, from 1
 * @param direct port for the suite and the other brokers
 * @param proxied port to which the network leads
 * @param controller port of the quorum
 */
record BrokerAddress(int node, int direct, int proxied, int controller) {

    /** Addresses on free ports of this machine. */
    static List<BrokerAddress> choose(int nodes) {
        List<ServerSocket> open = new ArrayList<>();
        try {
            List<BrokerAddress> addresses = new ArrayList<>();
            for (int node = 1; node <= nodes; node++) {
                addresses.add(new BrokerAddress(node, free(open), free(open), free(open)));
            }
            for (ServerSocket socket : open) {
                socket.close();
            }
            return List.copyOf(addresses);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot choose the brokers' ports", e);
        }
    }

    private static int free(List<ServerSocket> open) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        return socket.getLocalPort();
    }

    String name() {
        return "kafka-" + node;
    }

    String voter() {
        return node + "@127.0.0.1:" + controller;
    }
}
