package dev.polyphony.chaos.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyNetworkTest {

    private ServerSocket echo;
    private FaultyNetwork network;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        FaultyNetwork.daemon("echo", this::serve);
        network = FaultyNetwork.to(echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        echo.close();
    }

    @Test
    void fairWeather_passesBytesBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client, 7)).isEqualTo(7);
            assertThat(network.connections()).isEqualTo(1);
            assertThat(network.bytes()).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void cut_endsConnections_andNewOnesAreMade() throws IOException {
        try (Socket client = connect()) {
            answer(client, 7);

            assertThat(network.cut()).isEqualTo(1);

            assertThatThrownBy(() -> {
                        if (client.getInputStream().read() < 0) {
                            throw new SocketException("closed");
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
        try (Socket next = connect()) {
            assertThat(answer(next, 8)).isEqualTo(8);
        }
    }

    @Test
    void down_refusesAndCounts() throws IOException {
        network.become(Weather.DOWN);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> {
                        client.getOutputStream().write(7);
                        if (client.getInputStream().read() < 0) {
                            throw new SocketException("closed");
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(network.refused()).isEqualTo(1);
        }
    }

    @Test
    void silence_holdsBytesBack_untilItEnds() throws IOException {
        try (Socket client = connect()) {
            answer(client, 7);
            network.become(Weather.SILENT);
            long before = network.bytes();
            client.setSoTimeout(200);
            client.getOutputStream().write(8);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(network.bytes()).isEqualTo(before);

            network.become(Weather.FAIR);

            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void slow_delaysEachDirection() throws IOException {
        network.become(Weather.slow(Duration.ofMillis(100), 0));
        try (Socket client = connect()) {
            long began = System.nanoTime();
            assertThat(answer(client, 7)).isEqualTo(7);
            assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(200_000_000L);
        }
    }

    @Test
    void transit_growsWithBytes() {
        assertThat(Weather.slow(Duration.ofMillis(5), 1000).transit(500)).isEqualTo(Duration.ofMillis(505));
        assertThat(Weather.FAIR.transit(500)).isEqualTo(Duration.ZERO);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), network.port());
        client.setSoTimeout(10_000);
        return client;
    }

    private static int answer(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                FaultyNetwork.daemon("echo of one", () -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException cut) {
                        // As the test wants it.
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }
}
