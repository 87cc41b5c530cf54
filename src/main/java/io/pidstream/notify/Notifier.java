package io.pidstream.notify;

import io.pidstream.kafka.KafkaSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells the configured receivers of all alerts until it is closed, each in its own time. */
public final class Notifier implements AutoCloseable {
    private final List<AlertFollower> followers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    private Notifier() {}

    /**
     * Starts; returns at once, whether or not there is a broker.
     *
     * @param pipeline name of the pipeline; the consumer groups begin with it
     * @param modalities names in the order of the configuration
     * @param told takes a line for every alert that was delivered; called by several threads
     */
    public static Notifier start(
            KafkaSettings kafka,
            String pipeline,
            List<String> modalities,
            NotifySettings settings,
            Consumer<String> told) {
        Notifications notifications = new Notifications(pipeline, settings.page(), settings.docs());
        List<Receiver> receivers = new ArrayList<>();
        if (settings.alertmanager() != null) {
            receivers.add(new Alertmanager(settings, notifications, Clock.systemUTC()));
        }
        if (settings.webhook() != null) {
            receivers.add(new Webhook(settings, notifications, modalities));
        }
        Notifier notifier = new Notifier();
        for (Receiver receiver : receivers) {
            String group = pipeline + "-notify-" + receiver.name();
            notifier.follow(
                    new AlertFollower(kafka, group, receiver, settings.resendEvery(), told), group);
            notifier.addresses.add(receiver.name() + " " + receiver.address());
        }
        return notifier;
    }

    private void follow(AlertFollower follower, String name) {
        Thread thread = new Thread(follower, name);
        thread.setDaemon(true);
        followers.add(follower);
        threads.add(thread);
        thread.start();
    }

    /** The receivers, each as its name and its address without what may be secret. */
    public List<String> receivers() {
        return List.copyOf(addresses);
    }

    /** Whether all receivers are still followed for. */
    public boolean isRunning() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() throws InterruptedException {
        followers.forEach(AlertFollower::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
