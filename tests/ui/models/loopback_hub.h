// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <vector>

namespace encoderscope
{

/// An HTTP server on loopback that answers as it is told, also wrongly.
class LoopbackServer : public QTcpServer
{
public:
    struct Request {
        QByteArray verb;
        QByteArray path;
        QMap<QByteArray, QByteArray> headers; ///< names in lower case
    };
    struct Answer {
        int status = 200;
        std::vector<std::pair<QByteArray, QByteArray>> headers = {};
        QByteArray body = {};
        qsizetype cutAfter = -1; ///< bytes of the body after which the connection is closed
        bool silent = false;     ///< nothing comes, and the connection stays open
        int dripEvery = 0;       ///< milliseconds between pieces of the body
    };

    explicit LoopbackServer(std::function<Answer(const Request &)> handler)
        : handler_(std::move(handler))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
                connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(*socket); });
            }
        });
    }

    QByteArray url() const { return "http://127.0.0.1:" + QByteArray::number(serverPort()); }
    const std::vector<Request> &requests() const { return requests_; }
    void forget() { requests_.clear(); }
    int count(const QByteArray &verb, const QByteArray &ending) const
    {
        int found = 0;
        for (const Request &request : requests_)
            found += request.verb == verb && request.path.endsWith(ending) ? 1 : 0;
        return found;
    }

private:
    void read(QTcpSocket &socket)
    {
        QByteArray &received = received_[&socket];
        received += socket.readAll();
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QList<QByteArray> lines = received.first(end).split('\n');
        received.remove(0, end + 4);
        const QList<QByteArray> first = lines[0].split(' ');
        Request request{.verb = first[0], .path = first.value(1), .headers = {}};
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
        }
        requests_.push_back(request);
        send(socket, request, handler_(request));
    }

    static void send(QTcpSocket &socket, const Request &request, const Answer &answer)
    {
        if (answer.silent)
            return;
        QByteArray head =
            "HTTP/1.1 " + QByteArray::number(answer.status) + " Answer\r\nConnection: close\r\n";
        bool length = false;
        for (const auto &[name, value] : answer.headers) {
            head += name + ": " + value + "\r\n";
            length = length || name == "Content-Length";
        }
        if (!length)
            head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
        socket.write(head + "\r\n");
        if (request.verb == "HEAD") {
            socket.disconnectFromHost();
            return;
        }
        const QByteArray body = answer.cutAfter < 0 ? answer.body : answer.body.first(answer.cutAfter);
        if (answer.dripEvery == 0) {
            socket.write(body);
            socket.disconnectFromHost();
            return;
        }
        drip(socket, body, answer.dripEvery);
    }

    static void drip(QTcpSocket &socket, const QByteArray &body, int every)
    {
        const qsizetype piece = std::min<qsizetype>(body.size(), 4000);
        socket.write(body.first(piece));
        socket.flush();
        if (piece == body.size()) {
            socket.disconnectFromHost();
            return;
        }
        QTimer::singleShot(every, &socket,
                           [&socket, rest = body.sliced(piece), every] { drip(socket, rest, every); });
    }

    std::function<Answer(const Request &)> handler_;
    QMap<QTcpSocket *, QByteArray> received_;
    std::vector<Request> requests_;
};

} // namespace encoderscope
